using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Import;

/// <summary>
/// What an import has finished, a line for each file, so that one that was broken off goes on where it was. A file that was
/// changed since is not taken for the same.
/// </summary>
internal sealed class ImportJournal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JournalEntry> _done;
    private readonly StreamWriter _writer;

    private ImportJournal(Dictionary<string, JournalEntry> done, StreamWriter writer)
    {
        _done = done;
        _writer = writer;
    }

    /// <summary>Opens the journal of imports to the same RecordHub, case and site; begins a new one unless it is resumed.</summary>
    public static ImportJournal Open(string folder, string target, ImportOptions options, bool resume)
    {
        DirectoryInfo imports = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{options.Case}\n{options.Site}"));
        string path = Path.Combine(imports.FullName, Convert.ToHexStringLower(key.AsSpan(0, 8)) + ".ndjson");
        Dictionary<string, JournalEntry> done = resume && File.Exists(path) ? Read(path) : [];
        FileStream stream = new(path, resume ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        StreamWriter writer = new(stream) { AutoFlush = true };
        if (resume)
        {
            // A line that was torn by the end of the process before must not swallow the next one.
            writer.WriteLine();
        }

        return new ImportJournal(done, writer);
    }

    /// <summary>The lines of a file that is done and has not been changed since; null when it has to be read.</summary>
    public IReadOnlyList<ImportLine>? Find(FileInfo file) =>
        _done.TryGetValue(file.FullName, out JournalEntry? entry)
            && entry.Length == file.Length && entry.ModifiedTicks == file.LastWriteTimeUtc.Ticks
            ? entry.Lines
            : null;

    public void Add(FileInfo file, IReadOnlyList<ImportLine> lines)
    {
        JournalEntry entry = new(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, lines);
        string text = JsonSerializer.Serialize(entry, HubJson.Default.JournalEntry);
        lock (_lock)
        {
            _writer.WriteLine(text);
        }
    }

    public void Dispose() => _writer.Dispose();

    private static Dictionary<string, JournalEntry> Read(string path)
    {
        Dictionary<string, JournalEntry> done = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                if (line.Length > 0 && JsonSerializer.Deserialize(line, HubJson.Default.JournalEntry) is { } entry)
                {
                    done[entry.Path] = entry;
                }
            }
            catch (JsonException)
            {
                // The last line of a process that was killed: that file is simply read again.
            }
        }

        return done;
    }
}
