using RecordHub.Core.Intake;

namespace RecordHub.Core.Resources;

/// <summary>What one sender has brought of a study through one door.</summary>
public sealed record StudyDelivery
{
    /// <summary>The entrance.</summary>
    public required Door Door { get; init; }

    /// <summary>The referring site; null when the sender is no configured one.</summary>
    public string? Site { get; init; }

    /// <summary>The calling AE title or the token's name; null when nobody said.</summary>
    public string? Sender { get; init; }

    /// <summary>When the first instance came.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>When the last instance came.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>How many instances came.</summary>
    public required int Instances { get; init; }
}
