using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace RecordHub.Server.Hosting;

/// <summary>Reads <c>HOST:PORT</c> as the doors need it: an address of this machine, and port 0 for any free one.</summary>
public static class ListenAddress
{
    /// <summary>What a wrong value is told.</summary>
    public const string Allowed = "an address and a port such as 127.0.0.1:8080, localhost:0, 0.0.0.0:8080 or [::]:8080";

    /// <summary>Reads an address, <c>localhost</c>, or <c>*</c> for all; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (text is null || colon <= 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        string host = text[..colon];
        IPAddress? address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            _ when host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') => null,
            _ => IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null,
        };
        endpoint = address is null ? null : new IPEndPoint(address, port);
        return endpoint is not null;
    }
}
