<?php
// Makes a PDF of a web page with TCPDF: the page on standard input, the file to write as the only argument.
require_once '/usr/share/php/tcpdf/tcpdf.php';
$pdf = new TCPDF('P', 'mm', 'A5');
$pdf->setPrintHeader(false);
$pdf->setPrintFooter(false);
$pdf->SetFont($argv[2] ?? 'helvetica', '', 10);
$pdf->AddPage();
$pdf->writeHTML(file_get_contents('php://stdin'));
file_put_contents($argv[1], $pdf->Output('', 'S'));
