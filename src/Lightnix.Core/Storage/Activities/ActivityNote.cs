namespace Lightnix.Storage;

/// <summary>The file that says what goes on; deleted when that has ended.</summary>
public sealed class ActivityNote : IDisposable
{
    // Notes are for people who look: none is synced, and no test stops one.
    readonly Disk _disk = new();
    readonly string _file;
    Activity _activity;
    bool _hasEnded;

    internal ActivityNote(string file, Activity activity)
    {
        (_file, _activity) = (file, activity);
        Write();
    }

    /// <summary>Notes what changed. After the end nothing is noted.</summary>
    public void Change(Func<Activity, Activity> change)
    {
        lock (_disk)
        {
            if (_hasEnded)
                return;
            _activity = change(_activity);
            Write();
        }
    }

    // Written whole and then renamed, so that no reader sees a part of it.
    void Write()
    {
        try
        {
            var temporary = _file + ".new";
            File.WriteAllBytes(temporary, _activity.ToBytes());
            _disk.Replace(temporary, _file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk is no reason to stop a run that could go on.
        }
    }

    public void Dispose()
    {
        lock (_disk)
        {
            _hasEnded = true;
            _disk.DeleteAll(_file);
        }
    }
}
