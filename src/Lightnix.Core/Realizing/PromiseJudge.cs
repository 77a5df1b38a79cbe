using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Promises;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Judges results by their files. It reads each listing once, and remembers verdicts on large files.</summary>
public sealed class PromiseJudge(ITrees trees, IVerdictMemory memory) : IJudge
{
    const long WorthRemembering = 1 << 20;
    readonly ConcurrentDictionary<Reference<Tree>, IResultFiles> _files = new();

    /// <inheritdoc/>
    public ValueTask<Answer> AnswerAsync(Question question, CancellationToken cancellationToken) => new(question switch
    {
        Question.IsListed listed => Of(listed.Tree, _ => new Answer.Known()),
        Question.Keeps keeps => Of(keeps.Tree, files => Check(keeps.Promise, files)),
        Question.Measures measures => Of(measures.Tree, files => Measure(measures.Metric, files)),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, null),
    });

    Answer Of(Reference<Tree> tree, Func<IResultFiles, Answer> answer)
    {
        if (!_files.TryGetValue(tree, out var files))
        {
            // A listing that is not there may be there after a run.
            if (trees.Find(tree) is not { } found)
                return new Answer.Unknown("its listing is gone from the store");
            files = _files.GetOrAdd(tree, _ => trees.Open(found));
        }
        try
        {
            return answer(files);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Answer.Unknown("its files were collected from the store");
        }
    }

    Answer.Verdict Check(Promise promise, IResultFiles files)
    {
        try
        {
            if (promise.IsDecidedByListing || SizeOf(files.Tree, promise.Path) < WorthRemembering)
                return new(PromiseCheck.Check([promise], files)[0].Broken);
            var key = PromiseKey.Of(promise);
            if (memory.Remembered(files.Tree.Reference, key) is { } remembered)
                return new(remembered);
            var broken = PromiseCheck.Check([promise], files)[0].Broken;
            memory.Remember(files.Tree.Reference, key, broken);
            return new(broken);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            return new([$"{promise.Path} cannot be checked: {Thrown(e)}"]);
        }
    }

    static Answer.Number Measure(Metric metric, IResultFiles files)
    {
        try
        {
            var reading = PromiseCheck.Read(metric, files);
            return new(reading.Value, reading.Text, reading.Problem);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            return new(null, null, $"{metric} cannot be read: {Thrown(e)}");
        }
    }

    // What a parser throws is a verdict on the file, unless the store or a cancelled build is the reason.
    static bool IsOfContent(Exception e) => !RunErrors.IsOfStore(e) && e is not OperationCanceledException;

    static string Thrown(Exception e) => $"{Visible.Cut(e.Message, 300)} ({e.GetType().Name})";

    static long SizeOf(Tree tree, RelativePath path) =>
        tree.Follow(path) is { } real && tree.Find(real) is TreeEntry.File file ? file.Size : 0;
}
