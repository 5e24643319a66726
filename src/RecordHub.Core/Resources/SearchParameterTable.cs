namespace RecordHub.Core.Resources;

/// <summary>The search parameters that the index keeps, by resource type. <c>_id</c> and <c>_lastUpdated</c> are the store's.</summary>
public static class SearchParameterTable
{
    /// <summary>The types that have parameters of their own, in ordinal order.</summary>
    public static IReadOnlyList<string> Types => [];

    /// <summary>The parameters of a type, in ordinal order of code; the common ones alone for a type without its own.</summary>
    public static IReadOnlyList<SearchParameterDefinition> For(string type) => [];

    /// <summary>The parameter of this code; null when the type has none.</summary>
    public static SearchParameterDefinition? Find(string type, string code) =>
        For(type).FirstOrDefault(parameter => parameter.Code == code);
}
