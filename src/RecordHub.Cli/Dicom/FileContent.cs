using System.Net;

namespace RecordHub.Cli.Dicom;

/// <summary>A Part 10 file as the body of a request: a head, then a data set that is read as it is sent.</summary>
internal sealed class FileContent(ReadOnlyMemory<byte> head, Stream dataSet) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(head, cancellationToken);
        await dataSet.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = head.Length + dataSet.Length - dataSet.Position;
        return true;
    }
}
