"""The door to an organiser's own pages: the token in their address.

A page that reads a form names what reads it before `OwnDialogue`: else the transaction waits for what is sent.
"""

from typing import Annotated

from fastapi import Depends

from app.dialogues.models import Dialogue
from app.dialogues.service import get
from app.kernel.access import Right, opened_by
from app.kernel.db import Db


def _own_dialogue(token: str, db: Db) -> Dialogue:
    dialogue_id = opened_by(db, token, Right.ORGANISER).about
    db.info["actor"] = "organiser"
    return get(db, dialogue_id)


OwnDialogue = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]
