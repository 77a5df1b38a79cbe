namespace Lightnix.Storage;

/// <summary>The checkpoint of a run, as long as it is in the run's workspace.</summary>
sealed class CheckpointInUse
{
    readonly CheckpointMoves _moves;
    readonly string _before;
    CheckpointState _state;
    bool _isOver;

    /// <summary>Takes it from the store.</summary>
    /// <param name="isFirst">It begins empty.</param>
    /// <param name="now">Of the try that begins.</param>
    public CheckpointInUse(CheckpointMoves moves, bool isFirst, CheckpointState now)
    {
        (_moves, _state) = (moves, now);
        _isOver = !moves.Take(now, isFirst);
        IsRefused = _isOver;
        _before = FolderFingerprint.Of(moves.InUse);
    }

    /// <summary>All tries with the present one; null where it began from nothing.</summary>
    public CheckpointState? Resumed => _state.Tries > 1 ? _state : null;

    /// <summary>True where the store has one that this run may not touch: it begins empty, and is not kept.</summary>
    public bool IsRefused { get; }

    /// <summary>True where the builder has written to it in this run.</summary>
    public bool HasChanged => FolderFingerprint.Of(_moves.InUse) != _before;

    /// <summary>True where the next try will go on from it.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Moves it along for another try of the same run.</summary>
    public void MoveOn()
    {
        _moves.MoveOn(null);
        if (!_moves.HasContent)
            return;
        _state = _state with { Tries = _state.Tries + 1 };
        _moves.MoveOn(_state);
    }

    /// <summary>The run ended without success: brings the content back into the store. False where that failed.</summary>
    public bool TryReturn() => Try(() =>
    {
        IsKept = _isOver ? IsKept : _moves.ReturnContent(_state);
        _isOver = true;
    });

    /// <summary>Brings the log back, when it is recorded, and what is known of the checkpoint. False where that failed.</summary>
    public bool TryFinish() => Try(() =>
    {
        if (IsKept)
            _moves.ReturnState(_state, DateTimeOffset.UtcNow);
    });

    static bool Try(Action move)
    {
        try
        {
            move();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The run has its result.</summary>
    public void Drop()
    {
        if (_isOver)
            return;
        _isOver = true;
        // What stays is never given to another run, and is collected as garbage.
        Try(() => _moves.Drop(_state));
    }
}
