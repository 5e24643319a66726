namespace RecordHub.Server.Hosting;

/// <summary>Who has to call for a site (<c>Sites:0:UserName</c>, <c>Sites:0:PasscodeSha256</c>). Prints no member.</summary>
/// <param name="Name">The user name of sub-item 58H.</param>
/// <param name="PasscodeSha256">The digest of the passcode's UTF-8 bytes; null when the name is enough.</param>
public sealed record SiteUser(string Name, ReadOnlyMemory<byte>? PasscodeSha256)
{
    /// <inheritdoc />
    public override string ToString() => nameof(SiteUser);
}
