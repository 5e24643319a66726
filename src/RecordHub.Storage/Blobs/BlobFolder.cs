using System.Globalization;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>Where blobs lie: <c>ab/cd/abcd…</c> by their hash, and what is being written under <c>incoming</c>.</summary>
internal sealed class BlobFolder(string root)
{
    private const string IncomingName = "incoming";

    // One bit for each of the 65,536 folders: known to be there and flushed.
    private readonly bool[] _known = new bool[65536];

    internal string Root { get; } = Path.GetFullPath(root);

    internal string Incoming => Path.Combine(Root, IncomingName);

    internal string PathOf(ContentHash hash)
    {
        string text = hash.ToString();
        ArgumentException.ThrowIfNullOrEmpty(text, nameof(hash));
        return Path.Combine(Root, text[..2], text[2..4], text);
    }

    /// <summary>Makes the folder of a blob durable and gives it.</summary>
    internal string Prepare(ContentHash hash)
    {
        string text = hash.ToString();
        string outer = Path.Combine(Root, text[..2]);
        string inner = Path.Combine(outer, text[2..4]);
        int place = Convert.ToInt32(text[..4], 16);
        if (!_known[place] || !Directory.Exists(inner))
        {
            Directory.CreateDirectory(inner);
            FolderSync.Flush(outer);
            FolderSync.Flush(Root);
            _known[place] = true;
        }

        return inner;
    }

    /// <summary>The files of all blobs, in no particular order; without what was set aside.</summary>
    internal IEnumerable<string> Files() => Directory.EnumerateDirectories(Root, "??")
        .SelectMany(outer => Directory.EnumerateFiles(outer, "*", SearchOption.AllDirectories))
        .Where(static file => !Path.HasExtension(file));

    /// <summary>The files of the blobs whose hash begins with a byte.</summary>
    internal IEnumerable<string> Files(byte first)
    {
        string outer = Path.Combine(Root, first.ToString("x2", CultureInfo.InvariantCulture));
        return Directory.Exists(outer)
            ? Directory.EnumerateFiles(outer, "*", SearchOption.AllDirectories).Where(static file => !Path.HasExtension(file))
            : [];
    }

    /// <summary>Removes what a killed process left half-written. What a living one writes is locked, and stays.</summary>
    internal void Sweep(DateTimeOffset olderThan)
    {
        foreach (string file in Directory.EnumerateFiles(Incoming))
        {
            try
            {
                if (File.GetLastWriteTimeUtc(file) < olderThan.UtcDateTime)
                {
                    using (File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    {
                        File.Delete(file);
                    }
                }
            }
            catch (IOException)
            {
                // Somebody is writing it, or has just removed it.
            }
        }
    }
}
