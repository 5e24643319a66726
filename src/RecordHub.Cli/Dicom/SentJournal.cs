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
    public static SentJournal Open(string path, DicomPeer peer) =>
        Open(path, $"{peer.CalledAeTitle}@{peer.Host}:{peer.Port}");

    /// <summary>The same, of a peer of any kind.</summary>
    /// <exception cref="CommandException">The file cannot be read or written.</exception>
    public static SentJournal Open(string path, string peer)
    {
        try
        {
            HashSet<string> stored = File.Exists(path) ? new(File.ReadLines(path), StringComparer.Ordinal) : [];
            StreamWriter writer = File.AppendText(path);
            writer.AutoFlush = true;
            return new SentJournal(stored, writer, peer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"The journal {path} cannot be opened.", "Name a file that can be written, in a folder that is there.");
        }
    }

    /// <summary>Whether the peer has stored this before; a file that was changed since is another.</summary>
    public bool Has(OutgoingInstance instance) => _stored.Contains(LineOf(instance));

    /// <summary>What is left to be sent; of the rest it is told that it was stored before.</summary>
    public static IReadOnlyList<OutgoingInstance> Left(
        IEnumerable<OutgoingInstance> instances, SentJournal? journal, Action<SentInstance> told)
    {
        List<OutgoingInstance> left = [];
        foreach (OutgoingInstance instance in instances)
        {
            if (journal?.Has(instance) == true)
            {
                told(SentInstance.Of(instance, SendOutcome.StoredBefore, "stored before, says the journal"));
            }
            else
            {
                left.Add(instance);
            }
        }

        return left;
    }

    public void Add(OutgoingInstance instance) => _writer.WriteLine(LineOf(instance));

    public void Dispose() => _writer.Dispose();

    private string LineOf(OutgoingInstance instance) => $"{_peer} {instance.SopInstance} {instance.Version}";
}
