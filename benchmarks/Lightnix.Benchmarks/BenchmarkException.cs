namespace Lightnix.Benchmarks;

/// <summary>Something that makes measuring impossible, said for people.</summary>
sealed class BenchmarkException(string message) : Exception(message);
