namespace RecordHub.Server.DicomWeb;

/// <summary>The media type of a frame in its stored encoding (PS3.18 Tables 8.7.3-2, 8.7.3-4, 8.7.3-5).</summary>
internal static class FrameTypes
{
    public static string Of(string transferSyntax, bool isEncapsulated)
    {
        if (!isEncapsulated)
        {
            return "application/octet-stream";
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
            _ => "application/octet-stream",
        };
    }
}
