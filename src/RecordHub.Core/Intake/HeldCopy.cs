namespace RecordHub.Core.Intake;

/// <summary>One stored copy of an instance. Several are there when a UID was sent with different contents.</summary>
/// <param name="Blob">Its bytes.</param>
/// <param name="Length">How many there are.</param>
/// <param name="IsTurnedDown">Whether every record of it was turned down; held and unfiled ones are not.</param>
public readonly record struct HeldCopy(ContentHash Blob, long Length, bool IsTurnedDown);
