using System.Globalization;
using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>The resources of an input, bundles within it unfolded.</summary>
internal sealed class FhirEntries
{
    private const int MaxEntries = 200_000;
    private const int MaxBundleDepth = 8;
    private const int MostNamed = 20;
    internal const string Batch = "batch";

    private const string NotR4 = "not-r4";

    // What is said of a thing among others that have nothing to do with it; a limit is of all of them.
    private static readonly string[] s_alone = ["malformed", NotR4];

    private readonly List<FhirEntry> _entries = [];
    private readonly List<FhirSent> _sent = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _lost = [];
    private IReadOnlyDictionary<int, FhirInputException>? _unread;

    public IReadOnlyList<FhirEntry> All => _entries;

    /// <summary>All of it as its sender counts, in their order.</summary>
    public IReadOnlyList<FhirSent> Sent => _sent;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The type of the Bundle whose entries these are; null when the input is none, or a Bundle kept as it is.</summary>
    public string? BundleType { get; private set; }

    /// <summary>How many bundles were unfolded.</summary>
    public int Bundles { get; private set; }

    /// <summary>Which parts of the item were not taken, the first ones named; null when all of it was.</summary>
    public string? Broken => _lost.Count switch
    {
        0 => null,
        <= MostNamed => string.Join("; ", _lost),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join("; ", _lost.Take(MostNamed))}; and {_lost.Count - MostNamed} more could not be taken"),
    };

    /// <summary>The first thing that could not be read, when nothing could.</summary>
    public FhirInputException? Failure => _entries.Count > 0
        ? null
        : _sent.Find(sent => sent.Problem is { Code: not FhirMethod.Refused })?.Problem;

    /// <summary>The one resource that the input is; a Bundle's entries are read each.</summary>
    /// <param name="root">The resource.</param>
    /// <param name="scope">What its references are resolved among.</param>
    /// <param name="unread">Entries of a batch whose resources could not be read so far, by their numbers.</param>
    /// <exception cref="FhirInputException">Not R4, or over a limit.</exception>
    public void AddRoot(JsonElement root, FhirScope scope, IReadOnlyDictionary<int, FhirInputException>? unread = null)
    {
        _unread = unread;
        Add(root, null, scope, FhirValue.Text(root, "resourceType") ?? "resource", 0, null);
    }

    /// <summary>A resource among others; when it cannot be read, it is noted and passed over.</summary>
    /// <exception cref="FhirInputException">Over a limit.</exception>
    public void AddLine(Func<JsonElement> read, FhirScope scope, string where) =>
        AddAlone(Begin(where), sent => Add(read(), null, scope, where, 0, sent), s_alone);

    private FhirSent Begin(string where)
    {
        FhirSent sent = new(where);
        _sent.Add(sent);
        return sent;
    }

    private void AddAlone(FhirSent sent, Action<FhirSent> add, string[] passesOver)
    {
        int before = _entries.Count;
        try
        {
            add(sent);
        }
        catch (FhirInputException exception) when (passesOver.Contains(exception.Code))
        {
            _entries.RemoveRange(before, _entries.Count - before);
            sent.Indexes.Clear();
            sent.Problem = exception;
            Lose($"{sent.Where} is not {(exception.Code == NotR4 ? "FHIR R4" : "a FHIR resource")}");
        }
    }

    private void Lose(string what)
    {
        _warnings.Add(what);
        _lost.Add(what);
    }

    private void Add(
        JsonElement resource, string? fullUrl, FhirScope scope, string where, int depth, FhirSent? sent)
    {
        if (resource.ValueKind != JsonValueKind.Object || FhirValue.Text(resource, "resourceType") is not { } type)
        {
            throw new FhirInputException("malformed", "There is no resourceType where a resource is expected.", where);
        }

        if (!FhirRelease.IsType(type) && !FhirRelease.IsOtherType(type))
        {
            throw new FhirInputException("malformed", "The resourceType is none of R4.", where);
        }

        sent?.Type ??= type;
        bool unfolds = type == "Bundle" && (HasResources(resource) || (sent is null && AsksForActions(resource)));
        if (!unfolds && !FhirUnicode.IsText(resource))
        {
            throw new FhirInputException("malformed", "The JSON holds text that is no Unicode.", where);
        }

        if (FhirRelease.Other(type, resource) is { } other)
        {
            throw new FhirInputException(
                NotR4, $"The content is not FHIR R4 ({other} is another release's). Send it as R4.", where);
        }

        // As some converters write a list of one: nothing of it would be found.
        if (type == "Bundle" && resource.TryGetProperty("entry", out JsonElement list) && list.ValueKind != JsonValueKind.Array)
        {
            throw new FhirInputException("malformed", "Bundle.entry is no array.", where);
        }

        if (unfolds)
        {
            Unfold(resource, new FhirScope(scope), where, depth, sent);
            return;
        }

        if (_entries.Count == MaxEntries)
        {
            throw new FhirInputException("limit", "There are more resources than are read of one item.", where);
        }

        FhirEntry entry = new()
        {
            Index = _entries.Count,
            Resource = resource,
            Type = type,
            Id = FhirValue.Text(resource, "id"),
            FullUrl = fullUrl,
            Scope = scope,
            Where = where,
            Links = FhirLink.Of(resource),
        };
        sent ??= Begin(where);
        sent.Type ??= type;
        sent.Indexes.Add(entry.Index);
        _entries.Add(entry);
        scope.Add(entry);
    }

    private static bool AsksForActions(JsonElement bundle) => FhirValue.Text(bundle, "type") is Batch or "transaction";

    private static bool HasResources(JsonElement bundle) =>
        FhirValue.Items(bundle, "entry").Any(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out _));

    private void Unfold(JsonElement bundle, FhirScope scope, string where, int depth, FhirSent? whole)
    {
        if (depth == MaxBundleDepth)
        {
            throw new FhirInputException("limit", "Bundles are nested deeper than allowed.", where);
        }

        Bundles++;
        HashSet<string> seen = new(StringComparer.Ordinal);
        string? type = FhirValue.Text(bundle, "type");
        BundleType ??= whole is null ? type ?? string.Empty : null;

        FhirIdentities? identities = whole is null && type == "transaction" ? new() : null;

        // The entries of a batch are independent (R4 http.html#brules); all others stand or fall together.
        string[] alone = whole is null && type == Batch ? s_alone : [];
        int number = 0;
        foreach (JsonElement entry in FhirValue.Items(bundle, "entry"))
        {
            FhirInputException? unread = whole is null ? _unread?.GetValueOrDefault(number) : null;
            string place = string.Create(CultureInfo.InvariantCulture, $"{where}.entry[{number++}]");
            FhirSent sent = whole ?? Begin(place);
            string? method = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("request", out JsonElement request)
                ? FhirValue.Text(request, "method")
                : null;
            if (whole is null && type == Batch && FhirMethod.Read(entry) is { } read)
            {
                sent.Read = read;
            }
            else if (!FhirMethod.IsTaken(method))
            {
                PassOver(sent, method ?? string.Empty, place, isHistory: type == "history");
            }
            else if (unread is not null)
            {
                AddAlone(sent, _ => throw unread, alone);
            }
            else if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out JsonElement resource))
            {
                AddNothing(sent, place, AsksForActions(bundle), alone);
            }
            else if (!IsPassedOver(entry, type, seen, out string? fullUrl))
            {
                identities?.Add(entry, resource, place);
                sent.Condition ??= FhirMethod.Condition(entry);
                AddAlone(sent, to => Add(resource, fullUrl, scope, place + ".resource", depth + 1, to), alone);
            }
        }
    }

    // Nothing was sent where something is to be stored.
    private void AddNothing(FhirSent sent, string place, bool isAsked, string[] alone)
    {
        if (isAsked)
        {
            AddAlone(sent, _ => throw new FhirInputException("malformed", "The entry holds no resource.", place), alone);
        }
        else
        {
            _warnings.Add($"{place} has no resource");
        }
    }

    private void PassOver(FhirSent sent, string method, string place, bool isHistory)
    {
        sent.Problem ??= new FhirInputException(FhirMethod.Refused, FhirMethod.Refusal(method), place);
        string what = $"{place} asks for what is not carried out: {FhirMethod.Name(method)}";
        if (isHistory)
        {
            // A history tells of deletions and asks for none.
            _warnings.Add(what);
        }
        else
        {
            Lose(what);
        }
    }

    // An outcome of a search, and the older versions of a history.
    private static bool IsPassedOver(JsonElement entry, string? type, HashSet<string> seen, out string? fullUrl)
    {
        fullUrl = FhirValue.Text(entry, "fullUrl");
        string? mode = entry.TryGetProperty("search", out JsonElement search) ? FhirValue.Text(search, "mode") : null;
        return mode == "outcome" || (type == "history" && fullUrl is not null && !seen.Add(fullUrl));
    }
}
