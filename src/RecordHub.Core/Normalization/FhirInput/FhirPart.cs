namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>One patient's share of the input.</summary>
internal sealed class FhirPart(int number, FhirOwner? owner)
{
    private readonly SortedSet<int> _members = [];

    public int Number { get; } = number;

    /// <summary>Whose it is; null when it is about nobody, or about several people.</summary>
    public FhirOwner? Owner { get; } = owner;

    /// <summary>Whether it holds what is about several people at once.</summary>
    public bool IsShared { get; init; }

    /// <summary>The entries, in the input's order, shared ones and the Patient itself included.</summary>
    public IReadOnlySet<int> Members => _members;

    /// <summary>False when it was in already.</summary>
    public bool Add(int index) => _members.Add(index);

    public override string ToString() => nameof(FhirPart);
}
