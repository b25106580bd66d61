"""Strings that break out of calendars and mail where something is written down as it stands, by case."""

HOSTILE = {
    "I1": [
        "A\rB",
        "A\nB",
        "A\r\nB",
        "A\n\rB",
        "A\r\nATTENDEE:mailto:x@y.invalid",
        "A\nATTENDEE:mailto:x@y.invalid",
        "A\rATTENDEE:mailto:x@y.invalid",
        "A\r\n ATTENDEE:mailto:x@y.invalid",
        "A\u2028ATTENDEE:mailto:x@y.invalid",
        "A\u2029B",
        "A\u0085ATTENDEE:mailto:x@y.invalid",
        "A\x0bB",
        "A\x0cB",
        "A\x00B",
        "A\\nATTENDEE:mailto:x@y.invalid",
        "A\\NATTENDEE:mailto:x@y.invalid",
    ],
    "I2": [
        "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
        "A\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nEND:VALARM",
        "A\r\nMETHOD:CANCEL",
        "A\r\nORGANIZER:mailto:x@y.invalid",
        "A\r\nRRULE:FREQ=SECONDLY",
        "A\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
        "A\r\nATTACH:https://y.invalid/x.exe",
    ],
    "I3": [
        "A;ROLE=CHAIR",
        "A:mailto:x@y.invalid",
        'A";ROLE=CHAIR;X="',
        "A,B",
        "A^nB^'C",
        "A;SENT-BY=mailto:x@y.invalid",
    ],
    "I4": ["å" * 120, "🚌" * 60, "a" + "\U0001f468\u200d\U0001f469" * 40],
    "I5": [
        "A\r\nBcc: x@y.invalid",
        "A\nBcc: x@y.invalid",
        "A\rBcc: x@y.invalid",
        "A\r\n\r\nHei",
        "A\r\nContent-Type: text/html\r\n\r\n<b>",
        "A\r\n--===============\r\n",
        "A <x@y.invalid>",
        "A, x@y.invalid",
        "A; x@y.invalid",
        'A" <x@y.invalid>, "B',
        "A\r\n.\r\nMAIL FROM:<x@y.invalid>",
    ],
    "I6": [
        "=?utf-8?q?A=0D=0ABcc=3A_x=40y=2Einvalid?=",
        "=?utf-8?b?QQ0KQmNjOiB4QHkuaW52YWxpZA==?=",
    ],
    "I8": ["https://y.invalid/logg-inn", "[Logg inn](https://y.invalid)", '<a href="https://y.invalid">Logg inn</a>'],
    "I10": ["<script>alert(1)</script>", '" onmouseover="alert(1)', "</title><base href=//y.invalid>", "<!--"],
    "I11": ["{{7*7}}", "{0.__class__}", "%s%n", "${7*7}"],
}
"""Each is one name that a stranger might give: by the id of its case."""

NAMES = [(case, name) for case, names in HOSTILE.items() for name in names]
"""All of them, with their cases."""
