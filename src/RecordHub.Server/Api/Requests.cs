namespace RecordHub.Server.Api;

// What the JSON interface is asked: one closed family. Members that a caller may leave out are null.

/// <summary>Opens a case.</summary>
public sealed record NewCaseRequest
{
    public string? Specialty { get; init; }

    public string? Family { get; init; }

    public string? Given { get; init; }

    public string? BirthDate { get; init; }

    public string? Sex { get; init; }

    public IReadOnlyList<IdentifierRequest>? Identifiers { get; init; }

    public string? Question { get; init; }

    public string? Tenant { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(NewCaseRequest);
}

/// <summary>An identifier with its issuer.</summary>
public sealed record IdentifierRequest(string? Issuer, string? Value)
{
    /// <inheritdoc />
    public override string ToString() => nameof(IdentifierRequest);
}

/// <summary>
/// A person's decision: a case when assigning, a reason when rejecting; for <c>record</c>, <c>study</c> (as when nothing is
/// said) or <c>patient</c>.
/// </summary>
public sealed record DecisionRequest(long? Case, string? Reason, string? Of = null);

/// <summary>Moves series or instances of a study from one case to another; all of it when neither is named.</summary>
public sealed record SplitRequest(long? From, long? To, IReadOnlyList<string>? Series, IReadOnlyList<string>? Instances);

/// <summary>Publishes a package.</summary>
public sealed record PublishRequest(bool Force, string? Reason);

/// <summary>Makes a token.</summary>
public sealed record NewTokenRequest(string? Name, string? Role, IReadOnlyList<long>? Cases, string? Tenant = null, string? Site = null);

/// <summary>Tries again: one that fails, or all.</summary>
public sealed record RetryRequest(string? Key, bool All);

/// <summary>Drops an item that fails.</summary>
public sealed record DropRequest(string? Key, string? Reason);
