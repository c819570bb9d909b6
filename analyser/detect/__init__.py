"""Detection: mentions, their roles, the priorities and the verdict, each with what it rests on.

    sentences ─terms─▶ mentions ─rules, classifier─▶ roles ┐
    blocks ─priorities─▶ sets of names ─naming─────────────┴─▶ verdict (weighing), reasons
"""

from .codebook import Codebook
from .detector import Detector
from .loading import classifier_in, codebook_for, scale_in

__all__ = ["Codebook", "Detector", "classifier_in", "codebook_for", "scale_in"]
