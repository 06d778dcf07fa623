#!/bin/sh
# What makes the corpus, on Debian 12. The tests need none of it: they read the files that were made once.
# `make.ts` expects the npm packages in the folder that CORPUS_MODULES names.
set -e
apt-get install -y --no-install-recommends \
  texlive-latex-base texlive-latex-recommended texlive-fonts-recommended texlive-xetex lmodern \
  libreoffice-writer chromium weasyprint python3-reportlab groff ghostscript php-tcpdf php-cli \
  fonts-crosextra-carlito fonts-dejavu-core fonts-linuxlibertine fonts-droid-fallback
npm install --prefix "${CORPUS_MODULES:?a folder}" @myriaddreamin/typst-ts-node-compiler@0.7.0 pdfkit@0.20.2
