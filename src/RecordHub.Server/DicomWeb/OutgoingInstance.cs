using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Server.DicomWeb;

/// <summary>
/// An instance on its way out, in the transfer syntax that was chosen; as it is stored when it cannot be read to its end in order
/// to be rewritten, which its content type says.
/// </summary>
internal sealed class OutgoingInstance
{
    private readonly IBlobStore _blobs;
    private readonly StoredInstance _instance;
    private readonly ConvertedInstance? _converted;

    private OutgoingInstance(IBlobStore blobs, StoredInstance instance, ConvertedInstance? converted, string syntax)
    {
        _blobs = blobs;
        _instance = instance;
        _converted = converted;
        ContentType = $"{InstanceRanges.Dicom}; transfer-syntax={syntax}";
    }

    public string ContentType { get; }

    public static async Task<OutgoingInstance> OfAsync(
        IBlobStore blobs, StoredInstance instance, string syntax, CancellationToken cancellationToken)
    {
        string stored = instance.Facts.TransferSyntaxUid;
        ConvertedInstance? converted = syntax == stored
            ? null
            : await ConvertedInstance.TryAsync(blobs, instance, Uid.Parse(syntax), cancellationToken);
        return new OutgoingInstance(blobs, instance, converted, converted is null ? stored : syntax);
    }

    public async Task<long> LengthAsync(CancellationToken cancellationToken) =>
        _converted?.Length ?? await ServedInstance.LengthAsync(_blobs, _instance, cancellationToken);

    /// <summary>Writes the file after something that is only to be begun when its bytes are there.</summary>
    public async Task WriteAsync(Func<Task> begin, Stream output, CancellationToken cancellationToken)
    {
        if (_converted is null)
        {
            await ServedInstance.WriteAsync(_blobs, _instance, begin, output, cancellationToken);
            return;
        }

        await begin();
        await _converted.WriteAsync(output, cancellationToken);
    }
}
