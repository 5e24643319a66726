namespace RecordHub.Core.Access.Clients;

/// <summary>What a scope lets a client do with resources of a type: the letters of SMART v2 scopes that mean something here.</summary>
[Flags]
public enum ResourceAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sending in (c).</summary>
    Create = 1,

    /// <summary>Reading one by its id, with its versions (r).</summary>
    Read = 2,

    /// <summary>Searching, with what a search gives along and looks at (s).</summary>
    Search = 4,
}
