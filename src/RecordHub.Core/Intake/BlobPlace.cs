namespace RecordHub.Core.Intake;

/// <summary>Where the bytes of a small blob lie among others'.</summary>
/// <param name="Volume">The file that it shares.</param>
/// <param name="Offset">Its first byte there.</param>
/// <param name="Length">Bytes there; more than the blob's own when it is encrypted.</param>
public sealed record BlobPlace(Guid Volume, long Offset, long Length);
