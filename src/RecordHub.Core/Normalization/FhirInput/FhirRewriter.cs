using System.Globalization;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Makes drafts of a part's entries. Each is named by what it says (<see cref="FhirKeys"/>), what it refers to included,
/// and not by where it stood: what comes again in another Bundle is the resource that is here.
/// </summary>
internal sealed class FhirRewriter(
    FhirPart part, IReadOnlyList<FhirEntry> entries, FhirOwners owners, NormalizationContext context)
{
    // More than these that all lead to each other are named by their item: to tell them apart takes the square of their number.
    private const int MostInCycle = 64;

    private const string Fellow = Placeholder.Prefix + "fellow";

    private readonly FhirKeys _named = new();
    private readonly Dictionary<int, string> _keys = [];
    private readonly Dictionary<int, (ResourceDraft? Resource, IReadOnlyList<BinaryDraft> Binaries)> _drafts = [];
    private readonly List<string> _losses = [];

    /// <summary>In the order of the entries, each content once.</summary>
    public IReadOnlyList<ResourceDraft> Resources =>
        [.. InOrder.Select(draft => draft.Resource).OfType<ResourceDraft>().DistinctBy(draft => draft.Key)];

    /// <summary>In the order of the entries, each content once.</summary>
    public IReadOnlyList<BinaryDraft> Binaries =>
        [.. InOrder.SelectMany(draft => draft.Binaries).DistinctBy(draft => draft.Key)];

    public IReadOnlyList<string> Losses => _losses;

    private IEnumerable<(ResourceDraft? Resource, IReadOnlyList<BinaryDraft> Binaries)> InOrder =>
        part.Members.Where(_drafts.ContainsKey).Select(index => _drafts[index]);

    /// <summary>The key of what an entry became; null when it is the case's own Patient.</summary>
    public string? KeyOf(int index) => _keys.GetValueOrDefault(index);

    public void Rewrite()
    {
        Dictionary<int, IReadOnlyList<int>> targets = [];
        foreach (int index in part.Members)
        {
            FhirEntry entry = entries[index];
            if (FhirAbsent.IsIn(entry))
            {
                _losses.Add($"{entry.Where} names a document that did not come with it");
            }

            if (entry.Type == "Binary")
            {
                AddBinary(entry);
            }
            else if (!IsPatient(index))
            {
                targets.Add(index, TargetsOf(entry));
            }
        }

        foreach (IReadOnlyList<int> together in FhirCycles.Of(targets))
        {
            if (together is [{ } one] && !targets[one].Contains(one))
            {
                FhirDraftWriter writer = new(part, entries[one], owners, PlaceOf);
                byte[] json = writer.Write();
                Add(one, writer.HoldsPlaceholder ? ItemKeyOf(one) : _named.Of(entries[one], json), json, writer.Binaries);
            }
            else
            {
                AddCycle(together);
            }
        }
    }

    private void AddBinary(FhirEntry entry)
    {
        byte[]? data = FhirValue.Text(entry.Resource, "data") is { } text ? FhirBase64.Decode(text) : [];
        if (data is null)
        {
            _losses.Add($"{entry.Where} holds data that is not base64");
        }

        string type = FhirValue.Text(entry.Resource, "contentType") ?? "application/octet-stream";
        string key = data is null ? FhirKeys.OfUnread(entry.Resource) : FhirKeys.OfBytes(type, data);
        _keys[entry.Index] = key;
        _drafts[entry.Index] = (null, [new BinaryDraft { Key = key, ContentType = type, Derived = data ?? [] }]);
    }

    // Each key stands in the other's content, so they are found together.
    private void AddCycle(IReadOnlyList<int> together)
    {
        IReadOnlyList<string> keys = (together.Count > MostInCycle ? null : KeysOf(together)) ?? [.. together.Select(ItemKeyOf)];
        foreach ((int index, string key) in together.Zip(keys))
        {
            _keys[index] = key;
        }

        foreach (int index in together)
        {
            FhirDraftWriter writer = new(part, entries[index], owners, PlaceOf);
            Add(index, _keys[index], writer.Write(), writer.Binaries);
        }
    }

    // Null when they cannot be named by what they say.
    private IReadOnlyList<string>? KeysOf(IReadOnlyList<int> together)
    {
        Dictionary<int, int> places = together.Select((index, place) => (index, place)).ToDictionary();
        List<string> own = [];
        List<IReadOnlyList<int>> fellows = [];
        bool holdsPlaceholder = false;
        foreach (int index in together)
        {
            List<int> met = [];
            FhirDraftWriter writer = new(part, entries[index], owners, target =>
            {
                if (!places.TryGetValue(target, out int place))
                {
                    return PlaceOf(target);
                }

                met.Add(place);
                return Fellow;
            });
            own.Add(_named.Of(entries[index], writer.Write()));
            fellows.Add(met);
            holdsPlaceholder |= writer.HoldsPlaceholder;
        }

        return holdsPlaceholder ? null : FhirKeys.OfCycle(own, fellows);
    }

    private void Add(int index, string key, byte[] json, IReadOnlyList<BinaryDraft> binaries)
    {
        _keys[index] = key;
        _drafts[index] = (new ResourceDraft(entries[index].Type, key, json) { IsItsContent = true }, binaries);
    }

    // Kept as often as it comes.
    private string ItemKeyOf(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{context.Content}.{part.Number}.{index + 1}");

    private int[] TargetsOf(FhirEntry entry) =>
    [
        .. entry.Links.Select(link => link.Text is { } literal ? entry.Scope.Find(literal, entry.Base) : null).OfType<int>()
            .Where(target => part.Members.Contains(target) && entries[target].Type != "Binary" && !IsPatient(target)).Distinct(),
    ];

    private string PlaceOf(int index) => IsPatient(index) ? Placeholder.Patient : Placeholder.For(_keys[index]);

    // The part's own patient, whom the case has already: it becomes no resource of its own.
    private bool IsPatient(int index) =>
        entries[index].Type == "Patient" && part.Owner is not null && owners.OfPatient(entries[index]) == part.Owner;
}
