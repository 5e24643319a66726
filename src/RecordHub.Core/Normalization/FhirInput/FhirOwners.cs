using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Identity;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Whose each resource is. First by the element that names its subject, then by any reference to a patient, then by what
/// it refers to; a resource that leads to two people is nobody's alone.
/// </summary>
internal sealed class FhirOwners
{
    // Chains of references between resources that name no patient themselves; longer ones do not occur.
    private const int MaxPasses = 64;

    private readonly IReadOnlyList<FhirEntry> _entries;
    private readonly string? _defaultIssuer;
    private readonly Dictionary<string, FhirOwner> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FhirOwner> _patients = [];
    private readonly HashSet<FhirOwner>[] _ownersOf;
    private readonly FhirSubjectIdentifiers _identifiers;

    public FhirOwners(IReadOnlyList<FhirEntry> entries, string? defaultIssuer)
    {
        _entries = entries;
        _defaultIssuer = defaultIssuer;
        _ownersOf = new HashSet<FhirOwner>[entries.Count];
        _identifiers = new FhirSubjectIdentifiers(
            entries.Where(entry => entry.Type == "Patient").Select(OfPatient), defaultIssuer);
        bool[] isFixed = new bool[entries.Count];
        foreach (FhirEntry entry in entries)
        {
            HashSet<FhirOwner> named = Direct(entry);
            _ownersOf[entry.Index] = named;
            isFixed[entry.Index] = named.Count > 0;
        }

        Spread(isFixed);
    }

    /// <summary>The owners of an entry; none for what is about no patient.</summary>
    public IReadOnlySet<FhirOwner> Of(int index) => _ownersOf[index];

    /// <summary>Identifiers that subjects give an owner beside a reference, and that the owner does not say of itself.</summary>
    public IReadOnlyList<EmbeddedClaim> SaidOf(FhirOwner owner) => _identifiers.SaidOf(owner);

    /// <summary>The patient that a link of an entry means; null when it means none.</summary>
    public FhirOwner? OwnerOf(FhirEntry entry, FhirLink link)
    {
        if (link.IsAddress)
        {
            return null;
        }

        string? type = FhirValue.Text(link.Element, "type");
        if (link.Text is not { } literal)
        {
            return link.IsSubject && type is null or "Patient" ? ByWords(link.Element) : null;
        }

        if (literal.StartsWith('#'))
        {
            return Contained(entry, literal[1..]);
        }

        if (entry.Scope.Find(literal, entry.Base) is { } index)
        {
            return _entries[index].Type == "Patient" ? OfPatient(_entries[index]) : null;
        }

        FhirReference reference = FhirReference.Parse(literal);
        bool isPatient = reference.Type == "Patient" || type == "Patient"
            || literal.StartsWith("Patient?", StringComparison.Ordinal)
            || literal.Contains("/Patient?", StringComparison.Ordinal)
            || (link.IsSubject && reference.Type is null && type is null);
        return isPatient
            ? Known("reference " + reference.Text, () => FhirClaim.OfReference(link.Element, _defaultIssuer))
            : null;
    }

    /// <summary>The owner that a Patient entry is.</summary>
    public FhirOwner OfPatient(FhirEntry patient)
    {
        if (_patients.TryGetValue(patient.Index, out FhirOwner? owner))
        {
            return owner;
        }

        PatientClaim claim = FhirClaim.OfPatient(patient.Resource, _defaultIssuer);
        string key = claim.Identifiers.Count > 0 && claim.Names.Count > 0
            ? "claim " + ClaimKey.Of(claim)
            : string.Create(CultureInfo.InvariantCulture, $"entry {patient.Index}");
        return _patients[patient.Index] = Known(key, () => claim);
    }

    private HashSet<FhirOwner> Direct(FhirEntry entry)
    {
        if (entry.Type == "Patient")
        {
            return [OfPatient(entry)];
        }

        HashSet<FhirOwner> subjects = [];
        HashSet<FhirOwner> others = [];
        foreach (FhirLink link in entry.Links)
        {
            if (OwnerOf(entry, link) is { } owner)
            {
                (link.IsSubject ? subjects : others).Add(owner);
                if (link.IsSubject && link.Text is not null && _identifiers.Other(owner, link.Element, entry.Where) is { } other)
                {
                    subjects.Add(Known("claim " + ClaimKey.Of(other), () => other));
                }
            }
        }

        HashSet<FhirOwner> named = subjects.Count > 0 ? subjects : others;
        if (named.Count == 1)
        {
            FhirOwner one = named.First();
            named.UnionWith(FhirLink.SubjectsOfContained(entry.Resource)
                .Select(subject => _identifiers.Other(one, subject, entry.Where)).OfType<PatientClaim>()
                .Select(other => Known("claim " + ClaimKey.Of(other), () => other)).ToArray());
        }

        return named;
    }

    private void Spread(bool[] isFixed)
    {
        bool changed = true;
        for (int pass = 0; changed && pass < MaxPasses; pass++)
        {
            changed = false;
            foreach (FhirEntry entry in _entries)
            {
                if (isFixed[entry.Index])
                {
                    continue;
                }

                foreach (FhirLink link in entry.Links)
                {
                    if (link.Text is { } literal && entry.Scope.Find(literal, entry.Base) is { } index && index != entry.Index)
                    {
                        int before = _ownersOf[entry.Index].Count;
                        _ownersOf[entry.Index].UnionWith(_ownersOf[index]);
                        changed |= _ownersOf[entry.Index].Count != before;
                    }
                }
            }
        }
    }

    private FhirOwner? ByWords(JsonElement reference)
    {
        PatientClaim claim = FhirClaim.OfReference(reference, _defaultIssuer);
        return claim.Identifiers.Count == 0 && claim.Names.Count == 0 ? null : Known("claim " + ClaimKey.Of(claim), () => claim);
    }

    private FhirOwner? Contained(FhirEntry entry, string id)
    {
        foreach (JsonElement contained in FhirValue.Items(entry.Resource, "contained"))
        {
            if (FhirValue.Text(contained, "id") == id && FhirValue.Text(contained, "resourceType") == "Patient")
            {
                PatientClaim claim = FhirClaim.OfPatient(contained, _defaultIssuer);
                return Known("claim " + ClaimKey.Of(claim), () => claim);
            }
        }

        return null;
    }

    private FhirOwner Known(string key, Func<PatientClaim> claim)
    {
        if (!_owners.TryGetValue(key, out FhirOwner? owner))
        {
            _owners.Add(key, owner = new FhirOwner(key, claim()));
        }

        return owner;
    }
}
