"""How the page of the day looks: on a screen, light or dark, and on paper, A4 landscape."""

from solver.picture.palette import DARK, FONTS, LIGHT, PRINT, Scheme, looks

_SHAPES = (
    f"html{{font:16px/1.5 {FONTS};font-variant-numeric:tabular-nums;color-scheme:light dark}}"
    "body{margin:0}main{max-width:80rem;margin:0 auto;padding:1.5rem}"
    # The picture shows the title to the eye, so the heading is for the ear.
    "h1{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    ".scroll{overflow-x:auto;margin:0 0 1.5rem}"
    ".leaf svg{display:block;width:100%;min-width:56rem;height:auto;box-sizing:border-box;"
    "border-width:1px;border-style:solid}"
    "table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-size:1.25rem;font-weight:600;padding:.75rem 0 .25rem}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0;border-bottom-width:1px;"
    "border-bottom-style:solid}"
    # Only what is longer than a column at its narrowest is ever broken within a word.
    ".name,.words{overflow-wrap:anywhere}.name{min-width:11rem}.words{min-width:8rem}.time{white-space:nowrap}"
    "tbody th{font-weight:600}"
    "footer{font-size:.875rem;overflow-wrap:anywhere}"
)
# Without margins of its own a browser would cut the leaves; with these each fills its paper.
_PAPER = (
    "@page{size:A4 landscape;margin:6mm 10mm}"
    "@media print{html{font-size:9pt;line-height:1.3}th,td{padding-block:.15rem}"
    "main{max-width:none;padding:0}.scroll{overflow:visible;margin:0}"
    ".leaf{break-after:page;break-inside:avoid}"
    ".leaf svg{min-width:0;max-height:196mm;border-style:none}"
    "tr,footer{break-inside:avoid}thead{display:table-header-group}caption{break-after:avoid}}"
)


def page_style() -> str:
    """The style sheet of the page, with that of the pictures in it."""
    dark, printed = f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}", f"@media print{{{_colours(PRINT)}}}"
    return f"{looks()}{_SHAPES}{_colours(LIGHT)}{dark}{printed}{_PAPER}"


def _colours(scheme: Scheme) -> str:
    return (
        f"html{{background:{scheme.paper};color:{scheme.ink}}}footer,thead th{{color:{scheme.muted}}}"
        f".leaf svg,th,td{{border-color:{scheme.line}}}:focus-visible{{outline:3px solid {scheme.accent}}}"
    )
