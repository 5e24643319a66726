namespace RecordHub.Core.Resources;

/// <summary>What is to be given along with matches (R4 search.html §include).</summary>
/// <param name="Source">The type whose references are followed.</param>
/// <param name="Parameter">Its search parameter of the kind reference.</param>
/// <param name="Target">Only what is of this type; null is any.</param>
/// <param name="IsReverse">Whether what refers to the matches is wanted, and not what they refer to.</param>
public sealed record ResourceInclude(string Source, string Parameter, string? Target, bool IsReverse)
{
    /// <summary>Whether it is followed of what was given along as well (<c>:iterate</c>).</summary>
    public bool IsIterative { get; init; }
}
