"""What the codes of the contract are called in a report, and what a reader is told of them.

Names are English messages, translated where they are shown. A code that is not listed (a theme or a false friend's
reason that an analyst has added to the codebook) is shown as it is.
"""

from __future__ import annotations

from analyser.report.locale import message

LABELS = {
    "priority": message("Main priority"),
    "mention": message("Mentioned"),
    "none": message("Not mentioned"),
}
STANDINGS = {
    "priority": message("Main priority"),
    "goal": message("As a goal"),
    "context": message("As background"),
    "none": message("Not mentioned"),
}
STANDING_MEANINGS = {
    "priority": message(
        "The strategy names digitalisation as one of the organisation's main strategic priorities: in the name of a "
        "top-level priority, goal or programme, in running text that says so, or in the vision itself."
    ),
    "goal": message(
        "The strategy sets at least one digital objective, measure or indicator, but does not name digitalisation as a "
        "main priority."
    ),
    "context": message(
        "The strategy speaks of digitalisation only as a trend, a surrounding, a threat or an opportunity."
    ),
    "none": message("The strategy has no sentence that refers in substance to digitalisation."),
}
VERDICTS = {
    "priority": message("%(name)s names digitalisation as one of its main strategic priorities."),
    "goal": message(
        "%(name)s mentions digitalisation in its strategy as a goal, but does not name it as a main strategic priority."
    ),
    "context": message(
        "%(name)s mentions digitalisation in its strategy only as background, without setting a goal for it."
    ),
    "none": message("%(name)s does not mention digitalisation in its strategy."),
    "failed": message("The strategy of %(name)s could not be analysed."),
}
ROLES = {
    "priority": message("Priority"),
    "goal": message("Goal"),
    "context": message("Background"),
    "limited": message("Limitation"),
}
ROLE_MEANINGS = {
    "priority": message("Names digitalisation as one of the organisation's main strategic priorities."),
    "goal": message("The organisation aims at, will do or already does something digital."),
    "context": message("A trend, a description of the surroundings, a past state, a threat or an opportunity."),
    "limited": message("Limits or rejects digitalisation, for example by promising services without it."),
}
STATUSES = {
    "ok": message("Analysed"),
    "partial": message("Analysed in part"),
    "failed": message("Could not be analysed"),
}
REASONS = {
    "name": message("only a name"),
    "title": message("only a job title"),
    "plant": message("only looks digital"),
    "traffic": message("about electric vehicles or traffic"),
    "electricity": message("about electricity"),
    "notice": message("a contact detail, or a notice of publication or drafting"),
    "remote_work": message("remote work as such, nothing digital named"),
    "technology": message("technology in general, nothing digital named"),
    "knowledge": message("knowledge or management by it, nothing digital named"),
    "channel": message("a channel of communication"),
    "connectivity": message("connections only, nothing digital named"),
    "network": message("a network of people, roads or service points"),
    "smart": message("smart in another sense, such as smart specialisation"),
    "automatic": message("“automatic” as a matter of course, or a vending machine"),
    "statutory": message("a legal duty in a list"),
    "data": message("data as mere evidence"),
    "mobile": message("mobile in the sense of moving about"),
    "e_benefit": message("a voucher, an allowance or an abbreviation"),
}
CONCEPTS = {
    "digitalisation": message("digitalisation in general"),
    "services": message("digital services"),
    "mobile": message("mobile services"),
    "participation": message("digital participation"),
    "learning": message("digital learning"),
    "skills": message("digital skills"),
    "ai": message("artificial intelligence"),
    "automation": message("automation and robotics"),
    "ict": message("information systems"),
    "data": message("data and analytics"),
    "smart": message("smart city and smart solutions"),
    "security": message("cyber security"),
}
