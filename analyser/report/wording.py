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
MEANINGS = {
    "organisation": message("organisation"),
    "score": message("score"),
    "sector": message("sector"),
    "size": message("size"),
    "business_id": message("business ID"),
    "municipality_number": message("municipality number"),
    "year": message("year"),
    "dimension": message("dimension of maturity"),
    "ignored": message("not used"),
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
QUALITIES = {
    "concrete": message("Concrete"),
    "measurable": message("Measurable"),
    "dated": message("Dated"),
    "owned": message("Owned"),
    "service_level": message("Service level stated"),
}
QUALITY_MEANINGS = {
    "concrete": message("Says what is done, or an end that can be measured; does not only promote or consider."),
    "measurable": message("Has a figure, a share or an indicator by which one can see whether it is met."),
    "dated": message("Says by when, or how often: a year, a date, the end of the term, every year."),
    "owned": message("Names a person, an office or a body that answers for it; “we” and “the city” do not."),
    "service_level": message("Says how much of a service, how fast or when: a share of transactions, hours, a time."),
}
ELEMENTS = {
    "vision": message("Vision"),
    "goals": message("Goals"),
    "measures": message("Measures"),
    "indicators": message("Indicators"),
}
# What could make a goal stronger, in general terms: first what to change, then what to add.
ADVICE = {
    "promotion": message(
        "“%(words)s” only promotes: say what will be done, in a verb whose doing can be seen (open, move, train, "
        "take into use)."
    ),
    "subject": message("This only names a subject: say what will be done about it, and how far."),
    "long": message("Split this long sentence, so that the goal stands alone."),
}
ADDITIONS = {
    "unmeasured": message("a figure or an indicator with its target"),
    "undated": message("a date"),
    "unowned": message("who answers for it"),
    "unlevelled": message("the level of service, such as a share of transactions or a response time"),
}
