namespace RecordHub.Dicom.Network;

/// <summary>How far a C-MOVE or C-GET has come (PS3.7 §9.1.3, §9.1.4).</summary>
/// <param name="Remaining">Not tried yet.</param>
/// <param name="Completed">Stored by the receiver.</param>
/// <param name="Failed">Not stored.</param>
/// <param name="Warning">Stored by the receiver, with a warning.</param>
public readonly record struct SubOperationCounts(int Remaining, int Completed, int Failed, int Warning)
{
    /// <summary>Of two requests together.</summary>
    public SubOperationCounts Plus(SubOperationCounts other) => new(
        Remaining + other.Remaining, Completed + other.Completed, Failed + other.Failed, Warning + other.Warning);
}
