namespace RecordHub.Core.Commitment;

/// <summary>What reading a stored copy again has shown.</summary>
public enum CopyCondition
{
    /// <summary>Its bytes have the digest that they had on receipt.</summary>
    Sound,

    /// <summary>Its bytes have another digest.</summary>
    Damaged,

    /// <summary>There are no bytes.</summary>
    Missing,
}
