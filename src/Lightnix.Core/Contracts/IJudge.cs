namespace Lightnix.Contracts;

/// <summary>Answers what matchers ask about results.</summary>
public interface IJudge
{
    /// <summary>The answer; <see cref="Answer.Unknown"/> where it cannot be given here.</summary>
    ValueTask<Answer> AnswerAsync(Question question, CancellationToken cancellationToken);
}
