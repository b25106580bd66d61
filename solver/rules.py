"""What may not be broken: the fifteen rules of the day, each with its sentence."""

from dataclasses import dataclass
from enum import Enum


class Rule(Enum):
    """A hard rule; its value is the number, the name and the sentence of docs/day-format.md."""

    OPEN = ("R1", "open", "every activity lies inside the opening hours of the day")
    WINDOW = (
        "R2",
        "window",
        "every activity lies inside one of its own windows and one free window of its room and of everyone who attends",
    )
    ONE_PLACE = ("R3", "one_place", "nobody and nothing is in two activities at once")
    TRAVEL = (
        "R4",
        "travel",
        "a supplier or person has at least the travel minutes between consecutive activities that have rooms",
    )
    ROOM = ("R5", "room", "the room is allowed, has the seats, and has video when a supplier is online")
    PANEL = ("R6", "panel", "the people who attend for a panel are members of it and meet its needs")
    PAUSE = ("R7", "pause", "a panel has its pause between meetings, and its rest after a long stretch")
    STAYS = ("R8", "stays", "a panel that stays has all its meetings in one room")
    AFTER = ("R9", "after", "an activity starts no earlier than the end of each activity it comes after")
    REST = ("R10", "rest", "everyone who is promised a rest has it in one piece inside its window")
    APART = ("R11", "apart", "suppliers who are kept apart have the minutes between their meetings in one room")
    PINNED = ("R12", "pinned", "a pinned meeting keeps its start and room, and what is fixed stays as announced")
    REQUIRED = ("R13", "required", "every session and every required meeting is placed")
    BARRED = ("R14", "barred", "nobody attends a meeting with a supplier they are barred from")
    EVEN = ("R15", "even", "the breaks of any two suppliers differ by at most the number given")

    def __init__(self, number: str, word: str, sentence: str) -> None:
        self.number = number
        self.word = word
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a plan breaks a rule; `about` names things as `meeting:m3`, `person:kari`, `room:r1`."""

    rule: Rule
    about: tuple[str, ...]
    text: str
