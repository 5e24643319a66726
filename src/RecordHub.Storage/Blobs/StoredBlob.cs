using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs;

/// <summary>A blob that is there, whether or not anything names it.</summary>
/// <param name="Hash">Its name.</param>
/// <param name="Touched">When it was last written, or asked to be kept.</param>
internal readonly record struct StoredBlob(ContentHash Hash, DateTimeOffset Touched);
