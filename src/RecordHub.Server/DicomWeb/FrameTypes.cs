namespace RecordHub.Server.DicomWeb;

/// <summary>The media type of a frame in its stored encoding (PS3.18 Tables 8.7.3-2, 8.7.3-4, 8.7.3-5).</summary>
internal static class FrameTypes
{
    private const string Octets = "application/octet-stream";
    private const string BigEndian = "1.2.840.10008.1.2.2";
    private const string Deflated = "1.2.840.10008.1.2.1.99";
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>
    /// Whether a client that accepts this takes a frame as it can be had. Octets are little endian (PS3.18 §8.7.3.3.1), and what is
    /// stored uncompressed can be had so, whatever its encoding.
    /// </summary>
    public static bool Fits(MediaRange range, string type, string stored) =>
        (range.Takes(type) || range.Takes(Octets))
        && (range.TransferSyntax is null or "*" || range.TransferSyntax == stored
            || (range.TransferSyntax is ImplicitLittleEndian or ExplicitLittleEndian && IsNative(stored)));

    /// <summary>Whether a frame is given as it is stored although its octets are big endian: to who names just that.</summary>
    public static bool StaysBigEndian(MediaRange? range, string stored) => stored == BigEndian && range?.TransferSyntax == BigEndian;

    /// <summary>What stands beside the type: native frames are the same in both little endian encodings, and given in them.</summary>
    public static string TransferSyntaxOf(string stored, bool staysBigEndian) =>
        IsNative(stored) && !staysBigEndian ? ExplicitLittleEndian : stored;

    public static string Of(string transferSyntax, bool isEncapsulated)
    {
        if (!isEncapsulated)
        {
            return Octets;
        }

        return transferSyntax switch
        {
            "1.2.840.10008.1.2.5" => "image/dicom-rle",
            "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.57"
                or "1.2.840.10008.1.2.4.70" => "image/jpeg",
            "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => "image/jls",
            "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" => "image/jp2",
            "1.2.840.10008.1.2.4.92" or "1.2.840.10008.1.2.4.93" => "image/jpx",
            "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203" => "image/jphc",
            "1.2.840.10008.1.2.4.110" or "1.2.840.10008.1.2.4.111" or "1.2.840.10008.1.2.4.112" => "image/jxl",
            "1.2.840.10008.1.2.4.100" or "1.2.840.10008.1.2.4.101" => "video/mpeg2",
            "1.2.840.10008.1.2.4.102" or "1.2.840.10008.1.2.4.103" or "1.2.840.10008.1.2.4.104"
                or "1.2.840.10008.1.2.4.105" or "1.2.840.10008.1.2.4.106" or "1.2.840.10008.1.2.4.107"
                or "1.2.840.10008.1.2.4.108" => "video/mp4",
            _ => Octets,
        };
    }

    private static bool IsNative(string syntax) => syntax is ImplicitLittleEndian or ExplicitLittleEndian or BigEndian or Deflated;
}
