using System.Net;
using System.Net.Sockets;

namespace RecordHub.Server.Hosting;

/// <summary>Reads a list of addresses and networks: <c>192.0.2.7, 10.1.0.0/16, 2001:db8::/32</c>. Pure.</summary>
internal static class CallingAddresses
{
    private static readonly char[] s_separators = [',', ' '];

    /// <summary>False when a part is no address and no network; an address is a network of one.</summary>
    public static bool TryParse(string text, out IReadOnlyList<IPNetwork> networks)
    {
        List<IPNetwork> parsed = [];
        networks = parsed;
        foreach (string part in text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(part, out IPAddress? single) && IsWhole(part, single))
            {
                IPAddress address = Plain(single);
                parsed.Add(new IPNetwork(address, Bits(address)));
            }
            else if (IPNetwork.TryParse(part, out IPNetwork network))
            {
                parsed.Add(network);
            }
            else
            {
                return false;
            }
        }

        return parsed.Count > 0;
    }

    /// <summary>An IPv4 address as such, also where the system gives it in IPv6's clothes.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The one address of a list of one; null when there are more, or a network.</summary>
    public static IPAddress? Only(IReadOnlyList<IPNetwork> networks) =>
        networks is [var one] && one.PrefixLength == Bits(one.BaseAddress) ? one.BaseAddress : null;

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // "10.1" and "7" are addresses to the parser, and slips of the hand to everybody else.
    private static bool IsWhole(string text, IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetwork || text.Count(c => c == '.') == 3;
}
