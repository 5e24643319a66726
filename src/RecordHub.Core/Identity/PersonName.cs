namespace RecordHub.Core.Identity;

/// <summary>A person's name in one of its writings.</summary>
public sealed record PersonName(string Family, string Given, string? Prefix = null, string? Suffix = null)
{
    /// <summary>The type only: it is a patient's name.</summary>
    public override string ToString() => nameof(PersonName);
}
