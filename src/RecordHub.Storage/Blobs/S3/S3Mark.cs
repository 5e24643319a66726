
namespace RecordHub.Storage.Blobs.S3;

/// <summary>The mark of an object store: the object <c>store.id</c> beside the blobs.</summary>
internal sealed class S3Mark(S3Objects objects) : IStoreMark
{
    /// <inheritdoc />
    public string Place => "the object store of Blobs:Uri";

    /// <inheritdoc />
    /// <remarks>Whoever has put something up has left its mark before.</remarks>
    public bool HasBlobs => false;

    /// <inheritdoc />
    public bool IsEmpty => false;

    /// <inheritdoc />
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await objects.ReadMarkAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (S3Objects.AsAway(exception) is { } away)
        {
            throw away;
        }
    }

    /// <inheritdoc />
    public async Task WriteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await objects.WriteMarkAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (S3Objects.AsAway(exception) is { } away)
        {
            throw away;
        }
    }
}
