namespace RecordHub.Core.Identity.Matching;

/// <summary>A person's name made comparable, with its generation taken out and particles set aside.</summary>
internal sealed record NormalName
{
    // The 64 characters of a component group (PS3.5 §6.2), with room for carets, a prefix and a suffix.
    private const int NearlyFull = 56;

    internal required NamePart Family { get; init; }

    /// <summary>The family part without particles such as <c>van</c>, <c>de</c> and <c>al</c>.</summary>
    internal required NamePart FamilyCore { get; init; }

    internal required NamePart Given { get; init; }

    /// <summary><c>jr</c>, <c>sr</c>, <c>ii</c>, ...; null when the name does not say.</summary>
    internal required string? Generation { get; init; }

    /// <summary>The name is given to whoever has none yet: it tells nobody apart.</summary>
    internal required bool IsPlaceholder { get; init; }

    /// <summary>So long that its end may have been cut off.</summary>
    internal required bool MayBeCut { get; init; }

    internal bool IsEmpty => Family.IsEmpty && Given.IsEmpty;

    internal bool IsIdeographic => Family.IsIdeographic || Given.IsIdeographic;

    internal static NormalName Of(PersonName name, MatchWeights weights)
    {
        string? generation = null;
        bool Keep(string word, int index)
        {
            if (index == 0 || !weights.Generations.TryGetValue(word, out string? found))
            {
                return true;
            }

            generation ??= found;
            return false;
        }

        foreach (IReadOnlyList<string> word in NamePart.Of(name.Suffix, (_, _) => true).Words)
        {
            generation ??= weights.Generations.GetValueOrDefault(word[0]);
        }

        NamePart family = NamePart.Of(name.Family, Keep);
        NamePart given = NamePart.Of(name.Given, Keep);
        return new NormalName
        {
            Family = family,
            FamilyCore = family.Without(weights.Particles.Contains),
            Given = given.Without(word => word != given.Words[0][0] && weights.Particles.Contains(word)),
            Generation = generation,
            IsPlaceholder = family.Words.Concat(given.Words).Any(word => weights.Placeholders.Contains(word[0])),
            MayBeCut = (name.Family?.Length ?? 0) + (name.Given?.Length ?? 0) >= NearlyFull,
        };
    }

    internal NormalName Swapped() => this with { Family = Given, FamilyCore = Given, Given = FamilyCore };

    public override string ToString() => nameof(NormalName);
}
