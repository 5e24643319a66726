using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Uploads;

namespace RecordHub.Server.Uploads;

/// <summary>
/// Counts, by address and minute, links that do not work. Links that do are never refused by it: behind a proxy or a clinic's
/// one address, somebody's guesses must not keep others from sending.
/// </summary>
internal sealed class UnknownLinks(UploadRules rules, TimeProvider time)
{
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private DateTimeOffset _since;

    /// <summary>Counts one more; true when that is over the limit.</summary>
    public bool IsTooMany(IPAddress address)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now - _since >= s_window || _counts.Count >= MostAddresses)
            {
                _counts.Clear();
                _since = now;
            }

            int count = _counts.GetValueOrDefault(address) + 1;
            _counts[address] = count;
            return count > rules.UnknownPerMinute;
        }
    }

    /// <summary>
    /// Who asks: what a proxy on this machine says, else the connection's own address. Of an IPv6 address the network, as
    /// each customer has one of these to themselves.
    /// </summary>
    public static IPAddress AddressOf(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (IPAddress.IsLoopback(address)
            && IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out IPAddress? named))
        {
            address = named;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
