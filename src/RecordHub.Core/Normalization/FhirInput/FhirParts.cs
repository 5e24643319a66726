namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Splits the entries by patient. Nothing is left out: each entry is in a part, some that are nobody's in several.</summary>
internal static class FhirParts
{
    /// <param name="all">The entries.</param>
    /// <param name="owners">Whose they are.</param>
    /// <param name="apart">Those that are records of their own.</param>
    public static IReadOnlyList<FhirPart> Split(
        IReadOnlyList<FhirEntry> all, FhirOwners owners, IReadOnlySet<int> apart)
    {
        FhirEntry[] entries = [.. all.Where(entry => !apart.Contains(entry.Index))];
        List<FhirPart> parts = [];
        Dictionary<FhirOwner, FhirPart> byOwner = [];
        List<int> shared = [];
        foreach (FhirEntry entry in entries)
        {
            IReadOnlySet<FhirOwner> of = owners.Of(entry.Index);
            if (of.Count > 1)
            {
                shared.Add(entry.Index);
            }
            else if (of.Count == 1)
            {
                FhirOwner owner = of.First();
                if (!byOwner.TryGetValue(owner, out FhirPart? part))
                {
                    byOwner.Add(owner, part = new FhirPart(parts.Count + 1, owner));
                    parts.Add(part);
                }

                part.Add(entry.Index);
            }
        }

        if (shared.Count > 0)
        {
            FhirPart several = new(parts.Count + 1, owner: null) { IsShared = true };
            shared.ForEach(index => several.Add(index));
            parts.Add(several);
        }

        parts.ForEach(part => Follow(part, all, owners));
        AddRest(parts, entries);
        return parts;
    }

    // What is about nobody goes along with each part that refers to it.
    private static void Follow(FhirPart part, IReadOnlyList<FhirEntry> entries, FhirOwners owners)
    {
        Stack<int> open = new(part.Members);
        while (open.TryPop(out int index))
        {
            FhirEntry entry = entries[index];
            foreach (FhirLink link in entry.Links)
            {
                if (link.Text is { } literal && entry.Scope.Find(literal, entry.Base) is { } target
                    && owners.Of(target).Count == 0 && part.Add(target))
                {
                    open.Push(target);
                }
            }
        }
    }

    // What nobody refers to belongs to the only part there is, or else is a record that names nobody.
    private static void AddRest(List<FhirPart> parts, IReadOnlyList<FhirEntry> entries)
    {
        HashSet<int> placed = [.. parts.SelectMany(part => part.Members)];
        List<int> rest = [.. entries.Select(entry => entry.Index).Where(index => !placed.Contains(index))];
        if (rest.Count == 0)
        {
            return;
        }

        if (parts is not [{ IsShared: false } only])
        {
            parts.Add(only = new FhirPart(parts.Count + 1, owner: null));
        }

        rest.ForEach(index => only.Add(index));
    }
}
