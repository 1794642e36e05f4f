//! Text to segmentation: kinds, boundaries, and the rules of French and English.
