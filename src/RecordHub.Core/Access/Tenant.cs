using System.Buffers;

namespace RecordHub.Core.Access;

/// <summary>
/// Whose records they are, where several organisations share one installation: 1 to 32 lower-case letters, digits and
/// inner hyphens. Nobody sees what is another tenant's.
/// </summary>
/// <remarks><c>default(Tenant)</c> is the tenant called <c>default</c>: everything, until others are named.</remarks>
public readonly record struct Tenant
{
    /// <summary>What a wrong name is told.</summary>
    public const string Allowed = "1 to 32 lower-case letters, digits and inner hyphens, such as north-clinic";

    private const string DefaultName = "default";
    private const int MostCharacters = 32;
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private readonly string? _name;

    private Tenant(string name) => _name = name;

    /// <summary>The tenant of all that names none.</summary>
    public static Tenant Default => default;

    /// <summary>Reads a name; false when it is none.</summary>
    public static bool TryParse(string? text, out Tenant tenant)
    {
        tenant = default;
        if (text is not { Length: > 0 and <= MostCharacters } || text.AsSpan().ContainsAnyExcept(s_allowed)
            || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        tenant = text == DefaultName ? default : new Tenant(text);
        return true;
    }

    /// <summary>Reads a name that we wrote ourselves.</summary>
    /// <exception cref="FormatException">The text is no tenant's name.</exception>
    public static Tenant Parse(string text) =>
        TryParse(text, out Tenant tenant) ? tenant : throw new FormatException("The text is no tenant's name.");

    /// <inheritdoc />
    public override string ToString() => _name ?? DefaultName;
}
