using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace RecordHub.Server.Hosting;

/// <summary>
/// Reads the configuration key by key, so that a wrong value stops the start with a sentence naming the key, the value
/// and what is allowed. A key that nobody asked for is unknown, and stops the start too.
/// </summary>
internal sealed class Settings(IConfiguration configuration)
{
    private readonly SortedDictionary<string, (string Default, string Allowed)> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every key that was asked for, with what it is without a setting, and what it may be.</summary>
    public IReadOnlyDictionary<string, (string Default, string Allowed)> Known => _known;

    public string? Text(string key)
    {
        _known.TryAdd(key, (string.Empty, "text"));
        string? value = configuration[key];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public bool Flag(string key, bool otherwise) => Read(
        key, otherwise, "true or false",
        static (string text, out bool value) => bool.TryParse(text, out value));

    public long Number(string key, long otherwise, long least, long most) => Read(
        key, otherwise, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= least && value <= most);

    public int Number(string key, int otherwise, int least, int most) => (int)Number(key, (long)otherwise, least, most);

    public IPEndPoint Endpoint(string key, string otherwise) => Read(
        key, IPEndPoint.Parse(otherwise), ListenAddress.Allowed,
        static (string text, out IPEndPoint value) =>
        {
            bool valid = ListenAddress.TryParse(text, out IPEndPoint? endpoint);
            value = endpoint ?? new IPEndPoint(IPAddress.None, 0);
            return valid;
        });

    public string? Matching(string key, string allowed, Predicate<string> isAllowed) => Read(
        key, null, allowed,
        (string text, out string? value) =>
        {
            value = text;
            return isAllowed(text);
        });

    /// <summary>A value that may hold a password: a wrong one is shown without.</summary>
    public string? Secret(string key, string allowed, Predicate<string> isAllowed, Func<string, string> withoutSecret)
    {
        string? text = Text(key);
        _known[key] = (string.Empty, allowed);
        return text is null || isAllowed(text) ? text : throw Wrong(key, withoutSecret(text), allowed);
    }

    /// <summary>The numbers under a list's key, in ascending order.</summary>
    public IReadOnlyList<string> Items(string key) =>
        [.. configuration.GetSection(key).GetChildren().Select(child => child.Key).OrderBy(name => name, s_numeric)];

    /// <exception cref="StartRefusedException">There is a key that nothing reads.</exception>
    public void RefuseUnknown()
    {
        foreach (IConfigurationSection section in configuration.GetChildren())
        {
            RefuseUnknown(section);
        }
    }

    public static StartRefusedException Wrong(string key, string value, string allowed) =>
        new($"The setting {key} is '{value}'; allowed is {allowed}.");

    private static readonly Comparer<string> s_numeric = Comparer<string>.Create(static (a, b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b));

    private delegate bool TryRead<T>(string text, out T value);

    private T Read<T>(string key, T otherwise, string allowed, TryRead<T> tryRead)
    {
        string? text = Text(key);
        _known[key] = (Convert.ToString(otherwise, CultureInfo.InvariantCulture) ?? string.Empty, allowed);
        if (text is null)
        {
            return otherwise;
        }

        return tryRead(text, out T value) ? value : throw Wrong(key, text, allowed);
    }

    private void RefuseUnknown(IConfigurationSection section)
    {
        if (section.Value is not null && !_known.ContainsKey(section.Path))
        {
            string near = _known.Keys.OrderBy(key => EditDistance(key, section.Path)).FirstOrDefault() ?? string.Empty;
            throw new StartRefusedException(
                $"Unknown setting {section.Path}: remove it, or correct its name (the nearest known one is {near}).");
        }

        foreach (IConfigurationSection child in section.GetChildren())
        {
            RefuseUnknown(child);
        }
    }

    private static int EditDistance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
