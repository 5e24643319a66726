namespace RecordHub.Cli.Dicom;

/// <summary>Which instances a peer has stored, a line for each, so that sending that was broken off goes on where it was.</summary>
internal sealed class SentJournal : IDisposable
{
    private readonly HashSet<string> _stored;
    private readonly StreamWriter _writer;
    private readonly string _peer;

    private SentJournal(HashSet<string> stored, StreamWriter writer, string peer)
    {
        _stored = stored;
        _writer = writer;
        _peer = peer;
    }

    /// <summary>Opens the journal, or begins it; it may be of several peers.</summary>
    /// <exception cref="CommandException">The file cannot be read or written.</exception>
    public static SentJournal Open(string path, DicomPeer peer)
    {
        try
        {
            HashSet<string> stored = File.Exists(path) ? new(File.ReadLines(path), StringComparer.Ordinal) : [];
            StreamWriter writer = File.AppendText(path);
            writer.AutoFlush = true;
            return new SentJournal(stored, writer, $"{peer.CalledAeTitle}@{peer.Host}:{peer.Port}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"The journal {path} cannot be opened.", "Name a file that can be written, in a folder that is there.");
        }
    }

    /// <summary>Whether the peer has stored this file before; a file that was changed since is another.</summary>
    public bool Has(OutgoingInstance instance) => _stored.Contains(LineOf(instance));

    public void Add(OutgoingInstance instance) => _writer.WriteLine(LineOf(instance));

    public void Dispose() => _writer.Dispose();

    private string LineOf(OutgoingInstance instance)
    {
        FileInfo file = new(instance.Path);
        return $"{_peer} {instance.SopInstance} {file.Length} {file.LastWriteTimeUtc.Ticks}";
    }
}
