namespace RecordHub.Server.Hosting;

/// <summary>Which records a site finds when it asks.</summary>
public enum SiteSight
{
    /// <summary>Those that came from the site itself.</summary>
    Own,

    /// <summary>All of its tenant's.</summary>
    All,
}
