namespace RecordHub.Server.Hosting;

/// <summary>Whether those who call over TLS need a certificate.</summary>
public enum ClientCertificates
{
    /// <summary>They are not asked for one.</summary>
    Off,

    /// <summary>They may have one; one that is not trusted is refused.</summary>
    Optional,

    /// <summary>They need a trusted one.</summary>
    Required,
}
