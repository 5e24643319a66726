namespace RecordHub.Core.Resources;

/// <summary>A literal reference (R4 references.html §literal) taken apart.</summary>
/// <param name="Type">The target's type; null when the text does not tell.</param>
/// <param name="Id">The target's id; null when the text does not tell.</param>
/// <param name="IsRelative">Whether it is <c>Type/id</c> without a server.</param>
/// <param name="Text">The reference without its version.</param>
public readonly record struct FhirReference(string? Type, string? Id, bool IsRelative, string Text)
{
    /// <summary>Reads any text; what is no <c>Type/id</c> at its end has neither.</summary>
    public static FhirReference Parse(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        int version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        string text = version < 0 ? reference : reference[..version];
        int last = text.LastIndexOf('/');
        if (last <= 0 || last == text.Length - 1 || text.Contains('?', StringComparison.Ordinal))
        {
            return new FhirReference(null, null, false, text);
        }

        int before = text.LastIndexOf('/', last - 1);
        string type = text[(before + 1)..last];
        bool typed = SearchParameterTable.IsResourceType(type);
        return new FhirReference(typed ? type : null, typed ? text[(last + 1)..] : null, typed && before < 0, text);
    }
}
