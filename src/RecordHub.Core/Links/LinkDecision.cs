using RecordHub.Core.Access;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Links;

/// <summary>A person's decision on a link between an identifier and a patient. The latest one on a link counts; all are kept.</summary>
public sealed record LinkDecision
{
    /// <summary>The identifier, in canonical writing.</summary>
    public required PatientIdentifier Identifier { get; init; }

    /// <summary>Our Patient resource.</summary>
    public required string PatientId { get; init; }

    /// <summary>Whose patient it is.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The identifier is not this patient's, whoever says so; false takes that back.</summary>
    public required bool IsTakenBack { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided: a token's name.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The type only: an identifier is a patient's.</summary>
    public override string ToString() => nameof(LinkDecision);
}
