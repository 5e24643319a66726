namespace RecordHub.Storage.Blobs.S3;

/// <summary>The first bytes of an object from an offset on, and how long the whole of it is.</summary>
/// <param name="Bytes">The answer's bytes.</param>
/// <param name="End">The object's byte behind the last of them.</param>
/// <param name="Length">Bytes of the object.</param>
internal sealed record S3Beginning(Stream Bytes, long End, long Length);
