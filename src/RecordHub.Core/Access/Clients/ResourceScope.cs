using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Access.Clients;

/// <summary>One scope of SMART v2, such as <c>system/ImagingStudy.rs</c> and <c>system/*.rs?_tag=case|12</c>.</summary>
/// <param name="Type">The resource type; null is all of them.</param>
/// <param name="Actions">What may be done; at least one thing.</param>
/// <param name="Case">The only case that it is for; none is all that the client may see.</param>
public sealed record ResourceScope(string? Type, ResourceAction Actions, CaseNumber Case)
{
    private const string Prefix = "system/";
    private const string Letters = "cruds";
    private const string CaseTag = "_tag=case|";

    /// <summary>
    /// Reads a scope, also one of SMART v1; of its letters those that mean something here. False when nothing of it does.
    /// </summary>
    /// <remarks>What is sent in is filed by what it says of its patient, so a case narrows reading and searching only.</remarks>
    public static bool TryParse(string text, out ResourceScope scope)
    {
        scope = new ResourceScope(null, ResourceAction.None, default);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || (text.LastIndexOf('?') is var mark && !TryCase(text, mark, out CaseNumber number)))
        {
            return false;
        }

        string[] parts = (mark < 0 ? text : text[..mark])[Prefix.Length..].Split('.');
        if (parts.Length != 2 || (parts[0] != "*" && !SearchParameterTable.IsResourceType(parts[0])))
        {
            return false;
        }

        ResourceAction actions = ActionsOf(parts[1]) & (number.IsNone ? (ResourceAction)~0 : ResourceAction.Read | ResourceAction.Search);
        scope = new ResourceScope(parts[0] == "*" ? null : parts[0], actions, number);
        return actions != ResourceAction.None;
    }

    /// <summary>What two scopes both allow; null when that is nothing.</summary>
    public ResourceScope? Meet(ResourceScope other)
    {
        ResourceAction actions = Actions & other.Actions;
        bool typesMeet = Type is null || other.Type is null || Type == other.Type;
        bool casesMeet = Case.IsNone || other.Case.IsNone || Case == other.Case;
        return actions == ResourceAction.None || !typesMeet || !casesMeet
            ? null
            : new ResourceScope(Type ?? other.Type, actions, Case.IsNone ? other.Case : Case);
    }

    /// <summary>As SMART v2 writes it.</summary>
    public override string ToString()
    {
        string letters = (Actions.HasFlag(ResourceAction.Create) ? "c" : string.Empty)
            + (Actions.HasFlag(ResourceAction.Read) ? "r" : string.Empty) + (Actions.HasFlag(ResourceAction.Search) ? "s" : string.Empty);
        return $"{Prefix}{Type ?? "*"}.{letters}{(Case.IsNone ? string.Empty : $"?{CaseTag}{Case}")}";
    }

    // Of v2 the letters come in their order; of v1 there are words.
    private static ResourceAction ActionsOf(string text)
    {
        switch (text)
        {
            case "read":
                return ResourceAction.Read | ResourceAction.Search;
            case "write":
                return ResourceAction.Create;
            case "*":
                return ResourceAction.Create | ResourceAction.Read | ResourceAction.Search;
        }

        ResourceAction actions = ResourceAction.None;
        int last = -1;
        foreach (char letter in text)
        {
            int place = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place <= last)
            {
                return ResourceAction.None;
            }

            last = place;
            actions |= letter switch
            {
                'c' => ResourceAction.Create,
                'r' => ResourceAction.Read,
                's' => ResourceAction.Search,
                _ => ResourceAction.None,
            };
        }

        return actions;
    }

    private static bool TryCase(string text, int mark, out CaseNumber number)
    {
        number = default;
        if (mark < 0)
        {
            return true;
        }

        string condition = text[(mark + 1)..].Replace("%7C", "|", StringComparison.OrdinalIgnoreCase);
        return condition.StartsWith(CaseTag, StringComparison.Ordinal) && CaseNumber.TryParse(condition[CaseTag.Length..], out number);
    }
}
