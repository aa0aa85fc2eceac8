"""Text → country, in Kazakh, Russian and English."""

from knowledge.recognition.names import display_name
from knowledge.recognition.recognizer import CountryRecognizer, Recognition, RecognitionStatus

__all__ = ["CountryRecognizer", "Recognition", "RecognitionStatus", "display_name"]
