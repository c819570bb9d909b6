"""What decided a role and what showed a priority: the notes of detect/ (`Mention.rule`, `Priority.evidence`) in words.

The notes are written for machines and people alike ("rules: imperative → goal; classifier: goal 0.91"). What is not
recognised in one is shown as it stands, so that nothing is lost when a rule is added.
"""

from __future__ import annotations

import re

from analyser.report.locale import Speech, message
from analyser.report.wording import ROLES

RULES = {
    "limiting wording": message("the wording limits"),
    "first person plural": message("“we” do it"),
    "present passive": message("“it is being done”"),
    "imperative": message("an imperative"),
    "environment section": message("under a heading about the surroundings"),
    "among trends": message("named among changes in the world"),
    "past tense": message("told in the past tense"),
    "goals section": message("under a heading of goals"),
    "priorities section": message("under a heading of priorities"),
    "priority wording": message("the wording of a priority"),
}
NAMINGS = {
    "set": message("it is the name of a main priority"),
    "text": message("the text says that it is a main priority"),
    "vision": message("the vision names it"),
}
SETS = {
    "announced": message("presented by the words “%(words)s”"),
    "labelled": message("numbered as “%(words)s”"),
    "repeated": message("repeated as chapter headings"),
    "parallel": message("chapter headings of one form"),
    "text": message("the text says that it is a main priority"),
    "vision": message("the vision names it"),
}
CLASSIFIER = re.compile(r"(\w+) ([01](?:\.\d+)?)")


def decided(rule: str, speech: Speech) -> str:
    """What decided a mention's role, rules and classifier each named."""
    return "; ".join(_part(part.strip(), speech) for part in _parts(rule))


def shown(evidence: str, speech: Speech) -> str:
    """How a main priority was recognised as one."""
    how, _, words = evidence.partition(": ")
    return speech.text(SETS[how]) % {"words": words} if how in SETS else evidence


def _parts(rule: str) -> list[str]:
    """The note in parts, the rules together: their list has the same separator as the parts."""
    parts: list[str] = []
    for part in rule.split("; "):
        if parts and parts[-1].startswith("rules: ") and " → " in part:
            parts[-1] += f"; {part}"
        else:
            parts.append(part)
    return parts


def _part(part: str, speech: Speech) -> str:
    _ = speech.text
    if part.startswith("priority by ") and (way := part.removeprefix("priority by ")) in NAMINGS:
        return _(NAMINGS[way])
    if part == "rules: none spoke":
        return _("no rule spoke")
    if part.startswith("rules: "):
        spoken = [_rule(one, speech) for one in part.removeprefix("rules: ").split("; ")]
        return _("rules: %(spoken)s") % {"spoken": ", ".join(spoken)}
    if part.startswith("classifier: ") and (found := CLASSIFIER.fullmatch(part.removeprefix("classifier: "))):
        role = _(ROLES[found[1]]).lower() if found[1] in ROLES else found[1]
        return _("classifier: %(role)s (%(share)s)") % {"role": role, "share": speech.percent(float(found[2]))}
    return part


def _rule(one: str, speech: Speech) -> str:
    name, _, role = one.partition(" → ")
    if role not in ROLES:
        return one
    return f"{speech.text(RULES.get(name, name))} → {speech.text(ROLES[role]).lower()}"
