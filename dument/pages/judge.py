"""What a judge may ask of each invoice, with the exhibit that answers or what is missing."""

from __future__ import annotations

from typing import Any

from dument.pages.frame import Desk
from dument.rules.evidence import RULE, Answer, Point, evidence


def judge(desk: Desk) -> dict[str, Any]:
    """Return the points of each invoice, what each lacks, and the articles that ask for them."""
    dossier = desk.dossier
    rule = dossier.law.rules[RULE]
    invoices = [
        {
            "facture": one.number,
            "objet": one.subject,
            "points": [
                _view(desk, point, one.number)
                for point in evidence(dossier.case, one, dossier.as_of)
            ],
        }
        for one in dossier.case.invoices
    ]
    points = [point for one in invoices for point in one["points"]]
    return {
        "factures": invoices,
        "articles": rule.articles,
        "principe": rule.starts,
        "prouves": sum(one["reponse"] is Answer.PROVED for one in points),
        "points": len(points),
    }


def _view(desk: Desk, point: Point, invoice: str) -> dict[str, Any]:
    law = desk.dossier.law
    is_proved = point.answer is Answer.PROVED
    return {
        "nom": point.name,
        "reponse": point.answer,
        "question": law.sentence(RULE, point.name),
        "pieces": [link for id in point.exhibits if (link := desk.exhibit_link(id, invoice))],
        "manque": None if is_proved else law.sentence(RULE, f"{point.name}-{point.answer}"),
    }
