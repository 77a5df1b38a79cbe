namespace Digits;

/// <summary>What a model takes a digit for, and how sure it is, from 0 to 1.</summary>
public sealed record Answer(int Digit, double Certainty);
